"""Measurements that are no part of the product: nobody in `src` imports them."""
