"""Who reads, plans, judges and foresees: the built-in brain, a language model, or a stand-in for one."""
