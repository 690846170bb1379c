package dev.barevirt.qmp.command;

/** How a memory dump is written. */
public enum DumpFormat {
  /** {@code elf}. */
  ELF,
  /** {@code kdump-zlib}. */
  KDUMP_ZLIB,
  /** {@code kdump-lzo}. */
  KDUMP_LZO,
  /** {@code kdump-snappy}. */
  KDUMP_SNAPPY,
  /** {@code kdump-raw-zlib}. */
  KDUMP_RAW_ZLIB,
  /** {@code kdump-raw-lzo}. */
  KDUMP_RAW_LZO,
  /** {@code kdump-raw-snappy}. */
  KDUMP_RAW_SNAPPY,
  /** {@code win-dmp}. */
  WIN_DMP,
  /** A value this version does not know. */
  UNKNOWN
}
