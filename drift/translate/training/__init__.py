"""The recipe that makes the shipped translation models: ``python -m drift.translate.training``."""
