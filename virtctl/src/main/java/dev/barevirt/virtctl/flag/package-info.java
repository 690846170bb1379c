/** Command line arguments as cobra's users know them: what flags there are, and what was given. */
@NullMarked
package dev.barevirt.virtctl.flag;

import org.jspecify.annotations.NullMarked;
