"""Faces: what people and programs see of the house."""
