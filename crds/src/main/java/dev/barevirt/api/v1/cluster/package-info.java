/** How an installation is configured: what the KubeVirt object of a cluster says. */
@NullMarked
package dev.barevirt.api.v1.cluster;

import org.jspecify.annotations.NullMarked;
