/**
 * The HTTPS and websocket front of the API, and the connections it makes; the only package that
 * knows the HTTP library.
 */
@NullMarked
package dev.barevirt.control.http;

import org.jspecify.annotations.NullMarked;
