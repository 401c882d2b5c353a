"""The fifth layer: when does a person take over, and what do they get?"""
