/// The gateway's benchmark: `./dev bench gateway`.
package org.deepseekplugin.gateway.bench;
