"""Parts: all that stands in the window and takes a while to load, by one name."""

from __future__ import annotations

from editor.core.engine import Engine
from editor.core.model import added
from editor.core.presets import Presets
from editor.ui import actions, questions
from editor.ui.asking import DeviceAsking
from editor.ui.clipboard import Clipboard
from editor.ui.closing import Closing
from editor.ui.colourways import Colourways
from editor.ui.concepts import Concepts
from editor.ui.desk import Desk
from editor.ui.editing import Editing
from editor.ui.explorer import Explorer
from editor.ui.files import Files
from editor.ui.intake import Intake
from editor.ui.keeping import Keeping
from editor.ui.middle import Middle
from editor.ui.panel import Panel
from editor.ui.preview import Preview
from editor.ui.proofing import Proofing
from editor.ui.saving import Saving
from editor.ui.settings import Settings
from editor.ui.status import StatusBar
from editor.ui.stripcommands import StripCommands
from editor.ui.tools.toolbox import ToolBox
from editor.ui.tools.toolcommands import ToolCommands
from editor.ui.undoing import Undoing
from editor.ui.viewing import Viewing

__all__ = [
    "Clipboard",
    "Closing",
    "Colourways",
    "Concepts",
    "Desk",
    "DeviceAsking",
    "Editing",
    "Engine",
    "Explorer",
    "Files",
    "Intake",
    "Keeping",
    "Middle",
    "Panel",
    "Presets",
    "Preview",
    "Proofing",
    "Saving",
    "Settings",
    "StatusBar",
    "StripCommands",
    "ToolBox",
    "ToolCommands",
    "Undoing",
    "Viewing",
    "actions",
    "added",
    "questions",
]
