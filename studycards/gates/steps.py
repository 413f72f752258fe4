"""Refuses instructions told as a list: what is to be done one after the other is no set of facts."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("steps",)

_STEP = re.compile(
    r"^(?:点击|打开|选择|输入|执行|运行|下载|安装|创建|新建|添加|修改|编辑|复制|删除|进入|启动|重启|按下?"
    r"|首先|然后|接着|最后|再"
    r"|Click|Open|Run|Select|Type|Enter|Install|Download|Go to|Press|Create a|Add |Remove |Copy |Set )"
)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a list of which half the items are commands."""
    if not finding.listed:
        return None
    items = finding.answer.splitlines()
    commands = sum(1 for item in items if _STEP.match(item))
    return Verdict("steps", "the items are steps of an instruction") if commands * 2 >= len(items) else None
