"""The parts of the command ``sitthi``, one subject each; ``sitthi.cli`` runs it."""
