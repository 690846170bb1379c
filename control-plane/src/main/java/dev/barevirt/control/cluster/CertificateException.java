package dev.barevirt.control.cluster;

/** A certificate could not be made or read. */
final class CertificateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CertificateException(String tried, Throwable cause) {
    super(tried, cause);
  }
}
