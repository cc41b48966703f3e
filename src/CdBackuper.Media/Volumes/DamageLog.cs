using System.Text;

namespace CdBackuper.Media.Volumes;

/// <summary>
/// Collects flaws while a volume is read. Bounded, since a hostile disc can have millions (architecture rule 13).
/// </summary>
internal sealed class DamageLog
{
    private const int PerKind = 100;
    private const int InAll = 1000;
    private const int QuotedLength = 80;

    private readonly List<Damage> damages = [];
    private readonly Dictionary<string, int> counts = [];

    public void Add(string id, long? sector, string detail)
    {
        var count = counts.GetValueOrDefault(id) + 1;
        counts[id] = count;
        if (count <= PerKind && damages.Count < InAll)
        {
            damages.Add(new(id, sector, detail));
        }
    }

    /// <returns>
    /// What was collected; a kind of which not all are kept ends with one that says how many are not.
    /// </returns>
    public IReadOnlyList<Damage> ToList()
    {
        var kept = damages.GroupBy(damage => damage.Id).ToDictionary(group => group.Key, group => group.Count());
        var left = counts
            .Select(count => (Id: count.Key, More: count.Value - kept.GetValueOrDefault(count.Key)))
            .Where(kind => kind.More > 0)
            .Select(kind => new Damage(kind.Id, null, $"{kind.More} more flaws of this kind are not listed."));
        return [.. damages, .. left];
    }

    /// <returns>A name from the disc, fit for a sentence: short and without control characters.</returns>
    public static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var character in name.AsSpan(0, Math.Min(name.Length, QuotedLength)))
        {
            text.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return text.Append(name.Length > QuotedLength ? "…\"" : "\"").ToString();
    }
}
