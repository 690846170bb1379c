package dev.barevirt.launcher.os;

import java.util.Arrays;

/** The kernel's reasons for refusing a call, as far as this program tells them apart. */
public enum Errno {
  EPERM(1, "operation not permitted"),
  ENOENT(2, "no such file or directory"),
  ESRCH(3, "no such process"),
  EINTR(4, "interrupted"),
  EIO(5, "input/output error"),
  ENXIO(6, "no such device or address"),
  EBADF(9, "bad file descriptor"),
  ECHILD(10, "no child processes"),
  EAGAIN(11, "resource temporarily unavailable"),
  ENOMEM(12, "out of memory"),
  EACCES(13, "permission denied"),
  EBUSY(16, "device or resource busy"),
  EEXIST(17, "file exists"),
  EXDEV(18, "the path leaves its directory"),
  ENODEV(19, "no such device"),
  ENOTDIR(20, "not a directory"),
  EISDIR(21, "is a directory"),
  EINVAL(22, "invalid argument"),
  EMFILE(24, "too many open files"),
  ENOTTY(25, "not a terminal"),
  ETXTBSY(26, "text file busy"),
  ENOSPC(28, "no space left on device"),
  EROFS(30, "read-only file system"),
  EPIPE(32, "broken pipe"),
  ENAMETOOLONG(36, "name too long"),
  ENOSYS(38, "not implemented by this kernel"),
  ENOTEMPTY(39, "directory not empty"),
  ELOOP(40, "a symbolic link is in the way"),
  EOPNOTSUPP(95, "operation not supported"),
  EADDRINUSE(98, "address already in use"),
  ECONNREFUSED(111, "connection refused"),
  OTHER(-1, "unexpected error");

  private final int code;
  private final String text;

  Errno(int code, String text) {
    this.code = code;
    this.text = text;
  }

  static Errno of(int code) {
    return Arrays.stream(values()).filter(e -> e.code == code).findFirst().orElse(OTHER);
  }

  /** What went wrong, in words. */
  public String text() {
    return text;
  }
}
