from tests.support.central import database, engine, hotline, quick

__all__ = ["database", "engine", "hotline", "quick"]
