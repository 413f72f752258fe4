"""Notes to proposals: the rules find, the gates refuse, a calibrated chance decides where a proposal goes."""

from studycards.generate.options import Options
from studycards.generate.proposing import Examined, examine, propose, rule_names, verdicts
from studycards.sifting import fold_duplicates

__all__ = ["Examined", "Options", "examine", "fold_duplicates", "propose", "rule_names", "verdicts"]
