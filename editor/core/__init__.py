"""Core: photos, recipes and how they are cooked. Runs without Qt, without ONNX Runtime, without torch."""
