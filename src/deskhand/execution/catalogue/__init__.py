"""The actions the assistant knows, a file each. Without a rule that allows it, an action is denied."""
