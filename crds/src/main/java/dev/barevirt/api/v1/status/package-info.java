/** What is known about virtual machines and instances. */
@NullMarked
package dev.barevirt.api.v1.status;

import org.jspecify.annotations.NullMarked;
