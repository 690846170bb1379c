package dev.barevirt.api.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource such as {@code 128Mi}, {@code 1.5} or {@code 2e3}, with the meaning and
 * the canonical form Kubernetes gives it.
 *
 * <p>Amounts finer than a billionth are rounded away from zero, amounts beyond 2^63-1 are cut to
 * it. Two quantities are equal when they are the same amount in the same format; {@link #compareTo}
 * ignores the format.
 */
public final class Quantity implements Comparable<Quantity> {
  /** How an amount is written. */
  public enum Format {
    /** With the suffixes n, u, m, k, M, G, T, P, E. */
    DECIMAL,
    /** With the suffixes Ki, Mi, Gi, Ti, Pi, Ei. */
    BINARY,
    /** With a power of ten such as e3. */
    EXPONENT
  }

  /** Nothing. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL);

  private static final Pattern WRITTEN =
      Pattern.compile(
          "([+-]?)([0-9]{1,200}(?:\\.[0-9]{0,200})?|\\.[0-9]{1,200})"
              + "(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?[0-9]{1,9}))");
  private static final List<String> BINARY_SUFFIXES =
      List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL_SUFFIXES =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final int FINEST = 9;
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

  private final BigDecimal amount;
  private final Format format;

  private Quantity(BigDecimal amount, Format format) {
    this.amount = amount;
    this.format = format;
  }

  /** Reads an amount; empty when it is not written as one. */
  public static Optional<Quantity> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(written.group(1) + written.group(2));
    if (written.group(3) != null) {
      int power = BINARY_SUFFIXES.indexOf(written.group(3));
      return Optional.of(of(number.multiply(new BigDecimal(KIBI.pow(power))), Format.BINARY));
    }
    if (written.group(5) != null) {
      return Optional.of(of(scaled(number, Integer.parseInt(written.group(5))), Format.EXPONENT));
    }
    int power = 3 * (DECIMAL_SUFFIXES.indexOf(written.group(4)) - 3);
    return Optional.of(of(number.scaleByPowerOfTen(power), Format.DECIMAL));
  }

  /** So many bytes, written with the suffixes of powers of two. */
  public static Quantity ofBytes(long bytes) {
    return of(BigDecimal.valueOf(bytes), Format.BINARY);
  }

  /** A whole number, written with the suffixes of powers of ten. */
  public static Quantity of(long number) {
    return of(BigDecimal.valueOf(number), Format.DECIMAL);
  }

  private static Quantity of(BigDecimal exact, Format format) {
    BigDecimal amount = exact;
    if (amount.scale() > FINEST) {
      amount = amount.setScale(FINEST, RoundingMode.UP);
    }
    if (amount.compareTo(LARGEST) > 0) {
      amount = LARGEST;
    }
    boolean fraction = amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0;
    amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    return new Quantity(amount, format == Format.BINARY && fraction ? Format.DECIMAL : format);
  }

  /** A number with its exponent, which may be so far out that only the limits are left of it. */
  private static BigDecimal scaled(BigDecimal number, int exponent) {
    int beyondAnyLimit = 500;
    return number.scaleByPowerOfTen(Math.clamp(exponent, -beyondAnyLimit, beyondAnyLimit));
  }

  /** The exact amount. */
  public BigDecimal amount() {
    return amount;
  }

  /** How it is written. */
  public Format format() {
    return format;
  }

  /** The amount as a whole number, rounded away from zero: what bytes are counted in. */
  public long bytes() {
    return clamped(amount);
  }

  /** The amount in thousandths, rounded away from zero: what processor time is counted in. */
  public long milli() {
    return clamped(amount.scaleByPowerOfTen(3));
  }

  private static long clamped(BigDecimal number) {
    BigDecimal whole = number.setScale(0, RoundingMode.UP);
    if (whole.compareTo(LARGEST) > 0) {
      return Long.MAX_VALUE;
    }
    BigDecimal smallest = BigDecimal.valueOf(Long.MIN_VALUE);
    return whole.compareTo(smallest) < 0 ? Long.MIN_VALUE : whole.longValueExact();
  }

  /** Whether it is more than nothing. */
  public boolean isPositive() {
    return amount.signum() > 0;
  }

  /** Whether it is nothing. */
  public boolean isZero() {
    return amount.signum() == 0;
  }

  /** The sum of both, written like this one. */
  public Quantity plus(Quantity other) {
    return of(amount.add(other.amount), format);
  }

  /** So many times as much. */
  public Quantity times(long factor) {
    return of(amount.multiply(BigDecimal.valueOf(factor)), format);
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity quantity
        && amount.equals(quantity.amount)
        && format == quantity.format;
  }

  @Override
  public int hashCode() {
    return 31 * amount.hashCode() + format.hashCode();
  }

  /** The canonical form: the largest suffix that leaves a whole number. */
  @Override
  public String toString() {
    if (isZero()) {
      return "0";
    }
    boolean binary =
        format == Format.BINARY
            && amount.scale() <= 0
            && amount.abs().compareTo(new BigDecimal(KIBI)) >= 0;
    return binary ? binary() : decimal();
  }

  private String binary() {
    BigInteger number = amount.toBigIntegerExact();
    int power = 0;
    while (power < BINARY_SUFFIXES.size() - 1 && number.mod(KIBI).signum() == 0) {
      number = number.divide(KIBI);
      power++;
    }
    return number + BINARY_SUFFIXES.get(power);
  }

  private String decimal() {
    BigInteger number = amount.movePointRight(FINEST).toBigIntegerExact();
    int power = 0;
    while (power < DECIMAL_SUFFIXES.size() - 1 && number.mod(THOUSAND).signum() == 0) {
      number = number.divide(THOUSAND);
      power++;
    }
    int exponent = 3 * (power - 3);
    if (format == Format.EXPONENT) {
      return exponent == 0 ? number.toString() : number + "e" + exponent;
    }
    return number + DECIMAL_SUFFIXES.get(power);
  }
}
