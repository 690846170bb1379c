/// A real Kubernetes API server for tests, from images that are on this machine.
@NullMarked
package dev.barevirt.kube;

import org.jspecify.annotations.NullMarked;
