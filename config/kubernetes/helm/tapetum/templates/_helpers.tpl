{{/* What selects the pods. It must never change: a Deployment cannot be given another selector. */}}
{{- define "tapetum.selector" -}}
app.kubernetes.io/name: tapetum
{{- end }}

{{- define "tapetum.labels" -}}
{{ include "tapetum.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "tapetum.addresses" -}}
{{- $addresses := list }}
{{- range .Values.reflectors }}{{ $addresses = append $addresses .address }}{{ end }}
{{- join "," $addresses }}
{{- end }}

{{- define "tapetum.probe" -}}
host: 127.0.0.1
port: 9179
scheme: {{ .Values.monitoring.enabled | ternary "HTTPS" "HTTP" }}
{{- end }}

{{/* What the address of a peer is with its port; 179 need not be said. */}}
{{- define "tapetum.peerIP" -}}
{{- if eq (int .port) 179 }}{{ .address }}
{{- else }}{{ printf "%s:%d" .address (int .port) }}
{{- end }}
{{- end }}
