/**
 * {@code /api/admin}: the operator's desk for programs and for the page {@code admin.html}, described in
 * {@code docs/openapi.yaml}. A guard of Jakarta REST decides who comes in, so that no trick with paths goes past it. Decides
 * nothing else. The container's threads only hand over; a diagnosis runs on one that may block.
 */
@NullMarked
package dev.parley.operations.rest;

import org.jspecify.annotations.NullMarked;
