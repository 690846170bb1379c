/** What users read, and how their terminal is prepared for it. */
@NullMarked
package dev.barevirt.virtctl.output;

import org.jspecify.annotations.NullMarked;
