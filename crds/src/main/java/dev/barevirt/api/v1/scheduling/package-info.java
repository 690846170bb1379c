/** Where a guest's pod runs and how it finds names: Kubernetes' own types. */
@NullMarked
package dev.barevirt.api.v1.scheduling;

import org.jspecify.annotations.NullMarked;
