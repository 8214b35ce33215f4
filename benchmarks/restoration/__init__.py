"""What mending is worth: known damage, PSNR, SSIM and PSNR-B, seconds and memory."""
