"""The package as installed, or as it stands in the repository where it is not installed."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if importlib.util.find_spec("sitthi") is None:
    sys.path.insert(0, str(ROOT / "bindings-python" / "python"))
