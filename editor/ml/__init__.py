"""ML: trained networks at work; ONNX files in, pixels out. The only room that imports onnxruntime."""
