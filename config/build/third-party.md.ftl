# Third-party licences

Tapetum has the [Apache License 2.0](LICENSE). With it run the libraries below, unchanged and each in a jar of its own. The
build makes this page of what their authors declare, and fails if one declares nothing, or a licence that is not among these:

| licence | why it may be shipped with Tapetum |
|---|---|
| Apache-2.0 | Tapetum's own. |
| MIT, BSD-2-Clause, BSD-3-Clause, Bouncy Castle Licence | Ask that the copyright notice and the text go along, and they do. |
| CC0-1.0 | Asks for nothing. |
| EPL-2.0 or LGPL-2.1-only | Logback. Either may be chosen; the library stays a jar of its own that anybody can replace, and its source is at <https://logback.qos.ch>. |
| EPL-1.0 or EPL-2.0, or Apache-2.0 | Vert.x. Apache-2.0 is chosen. |
| CDDL-1.1 or GPL-2.0-with-classpath-exception | The annotations of `javax.annotation`. Either lets a program of another licence use them; they stay a jar of their own. |

The Maven profile `image` gathers the texts in `server/target/legal`. The Java runtime of an image has its own in its folder `legal`
(GPL-2.0 with the Classpath exception, which lets any program run on it), and the C library is a shared object that can be
replaced (LGPL-2.1).

Copy `server/target/third-party/THIRD-PARTY.md` over this page when a dependency comes, goes or changes its licence, and see
first what the licence asks for.

| library | licence |
|---|---|
<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
| `${library.groupId}:${library.artifactId}` | <#list entry.getValue()?sort as licence>${licence}<#sep> or </#list> |
</#list>
