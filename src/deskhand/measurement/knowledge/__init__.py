"""Knowledge health: what articles lack, which are old or at odds, which are used. See docs/knowledge-health.md."""
