"""The database looked over, and mended where the person says so."""

from studycards.doctor.examining import examine
from studycards.doctor.findings import Finding, Level, Report, Surroundings
from studycards.doctor.mending import mend, plan

__all__ = ["Finding", "Level", "Report", "Surroundings", "examine", "mend", "plan"]
