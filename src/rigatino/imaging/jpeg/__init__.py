"""What a JPEG file states: tables, sampling, quantised coefficients and their intervals."""
