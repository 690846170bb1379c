/** The cluster's API over HTTPS, spoken with the JDK alone. */
@NullMarked
package dev.barevirt.virtctl.api;

import org.jspecify.annotations.NullMarked;
