// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/exposition.h"
#include "app/demo/wire_time.h"

namespace cockpit::demo {

void ExpositionWriter::begin(const std::string &name, const char *type)
{
    m_text += "# TYPE " + name + ' ' + type + '\n';
}

void ExpositionWriter::sample(const std::string &name, const Labels &labels, double value)
{
    m_text += name;
    char separator = '{';
    for (const auto &[label, text] : labels) {
        m_text += separator;
        m_text += label;
        m_text += "=\"";
        m_text += text;
        m_text += '"';
        separator = ',';
    }
    m_text += labels.empty() ? " " : "} ";
    m_text += wireNumber(value) + '\n';
}

void ExpositionWriter::histogram(const std::string &name, const Labels &labels, const std::vector<double> &bounds,
                                 const std::vector<double> &cumulative, double sum)
{
    for (std::size_t i = 0; i < cumulative.size(); ++i) {
        const std::string bound = i < bounds.size() ? wireNumber(bounds[i]) : "+Inf";
        Labels all = labels;
        all.emplace_back("le", bound);
        sample(name + "_bucket", all, cumulative[i]);
    }
    sample(name + "_sum", labels, sum);
    sample(name + "_count", labels, cumulative.back());
}

} // namespace cockpit::demo
