package dev.barevirt.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The words a text field takes. Records keep other words too, so that a rule can name them and an
 * older reader loses nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Allowed {
  /** The words, as on the wire. */
  String[] value();

  /** What becomes of a document with another word. */
  Others others() default Others.KEPT;

  /** What becomes of a document with another word. */
  enum Others {
    /** It is stored, unless a rule names it. */
    KEPT,
    /** A server refuses it; nothing but the schema looks at it. */
    REFUSED
  }
}
