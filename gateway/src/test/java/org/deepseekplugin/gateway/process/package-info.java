/// The gateway in a process of its own: killed again and again, or with little memory for many
/// streams.
package org.deepseekplugin.gateway.process;
