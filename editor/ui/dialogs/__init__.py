"""Dialogs: windows that ask for more than one thing at a time."""
