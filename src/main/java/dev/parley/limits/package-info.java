/**
 * Who may talk now, on which key, for how long and for how many tokens: the key pool, leases with a deadline inside,
 * the waiting room and the token budget. Other rooms see {@link dev.parley.limits.Admission},
 * {@link dev.parley.limits.SessionLease} and {@link dev.parley.limits.budget.Spending} only; where leases are kept (this node's memory) is this room's own affair.
 * Callbacks come without any lock held, on the thread that caused them, and must hand over at once.
 */
@NullMarked
package dev.parley.limits;

import org.jspecify.annotations.NullMarked;
