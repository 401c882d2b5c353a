"""What the company wrote: the desk folder read whole, with every fault of it, and the number that names it."""
