package dev.barevirt.api.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A sealed interface of records that tells on the wire which record it is, by the value of one
 * field. A record's value is its {@link dev.barevirt.api.schema.WireName}, else its simple name in
 * lower case with dashes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminated {
  /** The field that tells. */
  String value() default "type";
}
