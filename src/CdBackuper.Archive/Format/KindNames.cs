using System.Text.Json;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Archive.Format;

/// <summary>What kinds of entries are called in JSON: file, directory, symlink, special, stream.</summary>
public sealed class KindNames : JsonNamingPolicy
{
    /// <inheritdoc/>
    public override string ConvertName(string name) =>
        name == nameof(EntryKind.SymbolicLink) ? "symlink" : CamelCase.ConvertName(name);
}
