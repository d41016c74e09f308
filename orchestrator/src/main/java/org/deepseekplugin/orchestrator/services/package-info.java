/// What is wanted: services, their replicas, and the endpoints that are ready.
@NullMarked
package org.deepseekplugin.orchestrator.services;

import org.jspecify.annotations.NullMarked;
