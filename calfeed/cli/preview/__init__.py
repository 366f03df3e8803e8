"""What ``calfeed preview`` puts around the site that a file would publish."""
