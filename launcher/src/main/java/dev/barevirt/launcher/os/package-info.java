/**
 * The Linux calls that the JDK does not offer, each in one small class over the foreign function
 * interface.
 */
@NullMarked
package dev.barevirt.launcher.os;

import org.jspecify.annotations.NullMarked;
