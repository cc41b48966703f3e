using System.Text.Json;

namespace CdBackuper.Archive.Format;

/// <summary>Writes listing.json with one entry a line, so that a person, grep and diff can read it.</summary>
public static class ListingText
{
    /// <returns>One JSON document, the same that the generated serializer reads, in pieces: that of a full disc has 25 MB and more.</returns>
    public static IEnumerable<string> Print(Listing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        const string Mark = "\"entries\":[";
        var head = JsonSerializer.Serialize(listing with { Entries = [] }, ArchiveJson.Compact.Listing);
        var split = head.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        return listing.Entries
            .Select((entry, index) => (index == 0 ? "\n" : ",\n") + JsonSerializer.Serialize(entry, ArchiveJson.Compact.ListedEntry))
            .Prepend(head[..split])
            .Append($"\n{head[split..]}\n");
    }
}
