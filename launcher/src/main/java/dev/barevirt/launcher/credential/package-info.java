/** Keys and passwords of a guest's users: which there are, and where they are read. */
@NullMarked
package dev.barevirt.launcher.credential;

import org.jspecify.annotations.NullMarked;
