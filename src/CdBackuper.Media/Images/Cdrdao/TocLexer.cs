using System.Text;

namespace CdBackuper.Media.Images.Cdrdao;

/// <summary>Cuts the text of a cdrdao toc-file into tokens (cdrdao(1), "TOC-FILES").</summary>
internal sealed class TocLexer(string text, SheetLog log)
{
    private const string Marks = "{},";
    private int position;
    private int line = 1;
    private TocToken? ahead;

    public TocToken Peek() => ahead ??= Read();

    public TocToken Next()
    {
        var token = Peek();
        ahead = null;
        return token;
    }

    private TocToken Read()
    {
        SkipBlanks();
        if (position >= text.Length)
        {
            return new("", IsQuoted: false, line);
        }

        if (text[position] == '"')
        {
            return ReadQuoted();
        }

        var start = position++;
        if (!Marks.Contains(text[start]))
        {
            while (position < text.Length && !IsEndOfWord())
            {
                position++;
            }
        }

        return new(text[start..position], IsQuoted: false, line);
    }

    private bool IsEndOfWord() =>
        char.IsWhiteSpace(text[position]) || text[position] == '"' || Marks.Contains(text[position]) || IsComment();

    private bool IsComment() => text[position] == '/' && position + 1 < text.Length && text[position + 1] == '/';

    private void SkipBlanks()
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] == '\uFEFF' || IsComment()))
        {
            if (IsComment())
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else
            {
                line += text[position++] == '\n' ? 1 : 0;
            }
        }
    }

    private TocToken ReadQuoted()
    {
        var begin = line;
        var content = new StringBuilder();
        position++;
        while (position < text.Length && text[position] != '"')
        {
            line += text[position] == '\n' ? 1 : 0;
            content.Append(text[position] == '\\' ? ReadEscape() : text[position++]);
        }

        if (position >= text.Length)
        {
            log.Fail(begin, "a text has no closing quotation mark");
            return new("", IsQuoted: false, begin);
        }

        position++;
        return new(content.ToString(), IsQuoted: true, begin);
    }

    /// <summary>A backslash before a quotation mark, before itself, or before a byte's three octal digits.</summary>
    private char ReadEscape()
    {
        var digits = text.AsSpan(position + 1, Math.Min(3, text.Length - position - 1));
        if (digits.Length == 3 && !digits.ContainsAnyExceptInRange('0', '7'))
        {
            position += 4;
            return (char)((((digits[0] - '0') * 64) + ((digits[1] - '0') * 8) + (digits[2] - '0')) & 0xFF);
        }

        position += digits.Length > 0 && digits[0] is '"' or '\\' ? 2 : 1;
        return position <= text.Length ? text[position - 1] : '\\';
    }
}
