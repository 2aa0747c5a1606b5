"""Tests of the course; the folders mirror helpers/."""
