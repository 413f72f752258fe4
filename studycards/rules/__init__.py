"""Extraction rules, in the order in which they are tried: what pays best stands first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from studycards.model import Finding
from studycards.notes.page import Page
from studycards.rules import (
    abbreviation,
    alias,
    arrow,
    aspect,
    attribute,
    bold_line,
    bold_term,
    called,
    callout_question,
    callout_term,
    code_meaning,
    colon_line,
    count_inline,
    count_list,
    dated_sentence,
    en_is_a,
    epithet,
    gloss_en_zh,
    gloss_zh_en,
    heading_bullet,
    heading_definition,
    heading_person,
    is_a_kind,
    is_definition,
    landmark,
    life_dates,
    link_noun,
    made_by,
    maker,
    paper_of_model,
    paper_title,
    parts_list,
    person_quote,
    question_bold,
    question_bullet,
    question_heading,
    reading_list,
    respectively,
    role_name,
    side_list,
    so_called,
    sum,
    superlative,
    table_row,
    timeline,
)


class Rule(Protocol):
    """Finds cards of one shape. `prior` is the share of its cards that a reader keeps, `weight` how sure that is."""

    @property
    def name(self) -> str:
        """What the rule is called in cards, options and statistics."""

    @property
    def prior(self) -> float:
        """The mean of the belief that a person keeps its cards, 0..1."""

    @property
    def weight(self) -> float:
        """How many decisions the prior is worth."""

    def find(self, page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
        """What the rule sees on a page; `topics` are the headings that the reading list follows."""


RULES: tuple[Rule, ...] = (
    is_definition,
    landmark,
    heading_definition,
    heading_person,
    abbreviation,
    person_quote,
    paper_of_model,
    count_inline,
    count_list,
    side_list,
    link_noun,
    bold_term,
    bold_line,
    is_a_kind,
    callout_term,
    callout_question,
    heading_bullet,
    alias,
    called,
    gloss_zh_en,
    table_row,
    gloss_en_zh,
    code_meaning,
    question_heading,
    question_bold,
    question_bullet,
    en_is_a,
    epithet,
    made_by,
    maker,
    timeline,
    parts_list,
    dated_sentence,
    colon_line,
    respectively,
    arrow,
    so_called,
    role_name,
    superlative,
    life_dates,
    attribute,
    aspect,
    paper_title,
    sum,
    reading_list,
)
