/**
 * Methods of CDI beans as tools: {@link dev.parley.tools.bean.ToolExtension} finds them while the application starts, wherever
 * in the WAR they are, and stops deployment for those that cannot be one; {@link dev.parley.tools.bean.BeanTool} calls the bean.
 * The only room of the tools that knows CDI's portable extensions.
 */
@NullMarked
package dev.parley.tools.bean;

import org.jspecify.annotations.NullMarked;
