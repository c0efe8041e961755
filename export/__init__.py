"""Export: trains Packshot's networks in PyTorch and turns them into ONNX files that describe themselves."""
