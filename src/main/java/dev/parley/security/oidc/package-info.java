/**
 * Sign-in by an OpenID Connect provider: authorization code with PKCE for people, bearer tokens for programs. The protocol is
 * the Nimbus SDK's, which no other room knows. Threads of the container, which wait for the provider for some seconds at most.
 */
@NullMarked
package dev.parley.security.oidc;

import org.jspecify.annotations.NullMarked;
