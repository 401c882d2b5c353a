"""Knowledge on a site: the pages that its sitemap names, on the hosts that it may be read from."""
