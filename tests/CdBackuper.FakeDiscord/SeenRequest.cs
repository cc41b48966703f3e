using System.Text.Json.Nodes;

namespace CdBackuper.Fakes;

/// <summary>A request that came, as it came.</summary>
/// <param name="Method">GET, POST, ...</param>
/// <param name="Path">Below the API's address, unescaped, without query.</param>
/// <param name="Query">The query with its question mark; empty for none.</param>
/// <param name="Authorization">The header; null for none.</param>
/// <param name="UserAgent">The header; null for none.</param>
/// <param name="ContentType">The header; null for none.</param>
/// <param name="Body">Its JSON, of a multipart request that of payload_json; null for none.</param>
/// <param name="Files">Part name, file name and content of each file.</param>
public sealed record SeenRequest(
    string Method,
    string Path,
    string Query,
    string? Authorization,
    string? UserAgent,
    string? ContentType,
    JsonNode? Body,
    IReadOnlyList<(string Part, string Name, byte[] Bytes)> Files)
{
    public override string ToString() => $"{Method} {Path}{Query}";
}
