#pragma once

namespace spinsweep::micromagnetics {

/// First number of binary data, from which a reader recognises the byte order.
template <class Number>
inline constexpr Number ovf_check_value{};
template <>
inline constexpr float ovf_check_value<float> = 1234567.0F;
template <>
inline constexpr double ovf_check_value<double> = 123456789012345.0;

}  // namespace spinsweep::micromagnetics
